namespace Lem.Tests.Shared.Serving;

/// <summary>Places for requests in service: who finds none waits, first come, first served.</summary>
/// <param name="places">Null = as many as come.</param>
sealed class ServiceSlots(int? places)
{
    readonly Queue<TaskCompletionSource> _waiting = new();
    readonly Lock _lock = new();
    int _running;

    public int Running => Volatile.Read(ref _running);

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count(place => !place.Task.IsCompleted);
        }
    }

    /// <summary>Takes a place, at once or when one is free. False: the client left before, and no place was taken.</summary>
    public async Task<bool> EnterAsync(Task gone)
    {
        TaskCompletionSource place;
        lock (_lock)
        {
            if (_running < (places ?? int.MaxValue))
            {
                _running++;
                return true;
            }

            place = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        await Task.WhenAny(place.Task, gone);
        // Where the place was given in the same instant it is taken, and left again by the caller.
        return !place.TrySetCanceled();
    }

    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
                if (next.TrySetResult())
                    return;
            _running--;
        }
    }
}
