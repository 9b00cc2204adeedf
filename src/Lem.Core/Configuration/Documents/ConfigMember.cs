namespace Lem.Core.Configuration.Documents;

/// <summary>A key, where it stands, and its value.</summary>
sealed record ConfigMember(string Key, Origin KeyOrigin, ConfigNode Value);
