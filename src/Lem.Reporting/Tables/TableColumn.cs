namespace Lem.Reporting.Tables;

/// <summary>A column of a <see cref="PlainTable"/>.</summary>
/// <param name="RightAligned">For numbers.</param>
/// <param name="Elastic">May be shortened, in the middle, where the table would be too wide.</param>
public sealed record TableColumn(string Header, bool RightAligned = false, bool Elastic = false);
