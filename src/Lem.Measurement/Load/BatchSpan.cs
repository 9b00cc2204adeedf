namespace Lem.Measurement.Load;

/// <summary>When one static batch ran, in stamps of the monotonic clock.</summary>
/// <param name="Requests">Rows of the batch.</param>
/// <param name="Start">The batch was handed to the engine.</param>
/// <param name="PrefillEnd">All its prompts were computed; null where the engine cannot tell.</param>
/// <param name="End">Its last request was done.</param>
public readonly record struct BatchSpan(int Requests, long Start, long? PrefillEnd, long End);
