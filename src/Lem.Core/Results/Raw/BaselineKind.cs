namespace Lem.Core.Results.Raw;

/// <summary>When an idle power was taken.</summary>
public enum BaselineKind
{
    /// <summary>Before the model was loaded.</summary>
    DriverIdle,

    /// <summary>Model loaded, nothing running.</summary>
    ContextIdle,

    /// <summary>After the window, once settled.</summary>
    PostRun,
}
