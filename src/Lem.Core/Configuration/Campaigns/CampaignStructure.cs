using System.Text.Json.Serialization;

namespace Lem.Core.Configuration.Campaigns;

/// <summary>Order of the cells: A B C, A B C; a seeded permutation per cycle; A A A, B B B.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CampaignStructure>))]
public enum CampaignStructure
{
    Interleaved,
    Shuffled,
    Grouped,
}
