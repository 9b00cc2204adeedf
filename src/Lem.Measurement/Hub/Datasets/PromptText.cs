using System.Text.Json;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>The prompt in a cell of a data set: its text, or of a conversation what the person says first.</summary>
static class PromptText
{
    /// <returns>Null where the cell holds neither; empty where it is empty, which is no prompt.</returns>
    public static string? Of(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => cell.GetString(),
        JsonValueKind.Null => "",
        JsonValueKind.Array when cell.EnumerateArray().All(turn => turn.ValueKind == JsonValueKind.Object) => FirstOfPerson(cell),
        _ => null,
    };

    // {from: human, value: …} as in ShareGPT, {role: user, content: …} as in chat templates.
    static string FirstOfPerson(JsonElement turns)
    {
        foreach (var turn in turns.EnumerateArray())
        {
            if ((Text(turn, "from") ?? Text(turn, "role")) is "human" or "user")
                return Text(turn, "value") ?? Text(turn, "content") ?? "";
        }

        return "";
    }

    static string? Text(JsonElement turn, string name) =>
        turn.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
