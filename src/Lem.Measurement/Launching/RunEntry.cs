using System.Text.Json;
using Lem.Core.Results.Storage;
using Lem.Measurement.Launching.Containers;

namespace Lem.Measurement.Launching;

/// <summary>The entry of a running experiment; disposing of it says that nothing of it is running any more.</summary>
public sealed class RunEntry : IDisposable
{
    readonly string _path;
    RunRecord _record;

    internal RunEntry(string path, RunRecord record)
    {
        _path = path;
        _record = record;
        Write();
    }

    /// <summary>Enters a child before it is used, so that it cannot be forgotten after a crash.</summary>
    public void AddChild(int pid)
    {
        if (ProcessIdentity.Of(pid) is not { } child)
            return;
        _record = _record with { Children = [.. _record.Children, child] };
        Write();
    }

    /// <summary>A child has ended, and its number may become another's.</summary>
    internal void RemoveChild(int pid)
    {
        _record = _record with { Children = [.. _record.Children.Where(child => child.Pid != pid)] };
        Write();
    }

    /// <summary>Enters what is about to be started in containers.</summary>
    internal void Add(ContainerRecord container)
    {
        _record = _record with { Containers = [.. _record.Containers ?? [], container] };
        Write();
    }

    /// <summary>Nothing runs in containers any more.</summary>
    internal void RemoveContainers()
    {
        if (_record.Containers is null)
            return;
        _record = _record with { Containers = null };
        Write();
    }

    /// <summary>Deletes the entry; where a container could not be ended it stays, for the next lem to try again.</summary>
    public void Dispose()
    {
        if (_record.Containers is null)
            File.Delete(_path);
    }

    void Write() => AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_record, RunJson.Default.RunRecord));
}
