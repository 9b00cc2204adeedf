using System.Text.RegularExpressions;

namespace Lem.Tests.Architecture;

/// <summary>The names behind which a noun is missing (style.md): drawers, bosses, and halves of an inheritance.</summary>
static partial class TypeName
{
    /// <summary>Whether a part of a type's full name (a namespace or a type) is one of them.</summary>
    public static bool IsForbidden(string fullName) => fullName.Split('.', '+').Any(Forbidden().IsMatch);

    // "Base" as a word of its own: Baseline is a noun of the field.
    [GeneratedRegex(@"(Util|Utils|Utility|Utilities|Helper|Helpers|Manager|Impl)(`\d+)?$|^Commons?(`\d+)?$|^Base(?=\p{Lu}|`|$)|\p{Ll}Base(`\d+)?$")]
    private static partial Regex Forbidden();
}
