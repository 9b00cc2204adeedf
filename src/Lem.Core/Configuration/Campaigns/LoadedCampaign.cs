namespace Lem.Core.Configuration.Campaigns;

/// <summary>A campaign file, bound and checked.</summary>
/// <param name="Folder">The file's own folder: paths in it are relative to it.</param>
/// <param name="Problems">Warnings, infos and deprecations.</param>
public sealed record LoadedCampaign(CampaignConfig Config, string File, string Folder, IReadOnlyList<ConfigError> Problems);
