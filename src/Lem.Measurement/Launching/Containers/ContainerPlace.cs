namespace Lem.Measurement.Launching.Containers;

/// <summary>Where an engine in a container runs, as it was found before anything was started.</summary>
/// <param name="Service">In its file's own project.</param>
/// <param name="IsUp">Somebody keeps it up: it is used, and left as it was found.</param>
/// <param name="ImageDigest">Of the image its container is of, or will be.</param>
/// <param name="DaemonAddress">The socket of the daemon, as <c>DOCKER_HOST</c> would name it.</param>
public sealed record ContainerPlace(DockerProgram Docker, ComposeService Service, ServiceDefinition Definition, bool IsUp, string ImageDigest, string DaemonAddress)
{
    /// <summary>Where a server in there has to listen so that lem reaches it at 127.0.0.1.</summary>
    /// <param name="wanted">What the configuration says; it holds where the network is this machine's.</param>
    public string ListenAddress(string wanted) => Definition.SharesHostNetwork ? wanted : "0.0.0.0";
}
