using System.Net;
using Lem.Core;

namespace Lem.Measurement.Hub;

/// <summary>What a refusal of the hub means for the user, and what to do about it.</summary>
static class HubRefusal
{
    /// <param name="what">What was asked for: a revision or a file of the repository.</param>
    /// <param name="knowsUser">A token went with the request.</param>
    public static LemException Explain(HttpResponseMessage response, HubRepository repository, Uri page, string what, bool knowsUser)
    {
        var kind = repository.IsDataset ? "data set" : "model";
        return (HubHeaders.ErrorCode(response), response.StatusCode) switch
        {
            ("GatedRepo", _) => new(
                $"the {kind} {repository} is gated: {(knowsUser ? "the account of this token is not among those who may read it" : "it is given only to accounts that asked for it")}",
                $"Ask for access on {page}, then set HF_TOKEN to a token of that account with the right to read gated repositories."),
            ("RevisionNotFound", _) => new(
                $"the {kind} {repository} has no such revision: {what}",
                $"Branches, tags and commits are listed on {page}/commits/main; without a revision main is meant."),
            ("EntryNotFound", _) => new($"the {kind} {repository} has no {what}", $"Its files are listed on {page}/tree/main."),
            ("RepoNotFound", _) or (_, HttpStatusCode.NotFound) or (_, HttpStatusCode.Unauthorized) when !IsTokenRefused(response) => new(
                $"there is no {kind} {repository} on {page.Host}, or it is private",
                knowsUser
                    ? "Check the spelling (org/name); a private one needs a token of an account that may read it (HF_TOKEN)."
                    : "Check the spelling (org/name); a private or gated one needs HF_TOKEN, a token of an account that may read it."),
            (_, HttpStatusCode.Unauthorized) => new(
                $"{page.Host} does not accept the token",
                "Renew it at huggingface.co/settings/tokens and set HF_TOKEN, or run hf auth login; without a token public repositories are read."),
            (_, HttpStatusCode.Forbidden) => new(
                $"{page.Host} refuses {repository} {what}: {HubHeaders.ErrorMessage(response) ?? "forbidden"}",
                "Give the token the right to read this repository (huggingface.co/settings/tokens)."),
            _ => new(
                $"{page.Host} answers {(int)response.StatusCode} for {repository} {what}{(HubHeaders.ErrorMessage(response) is { } message ? $": {message}" : "")}",
                $"Look at {page}, or try again later."),
        };
    }

    // The hub answers 401 for what does not exist as well; only this text tells that the token itself is at fault.
    static bool IsTokenRefused(HttpResponseMessage response) =>
        HubHeaders.ErrorMessage(response)?.StartsWith("Invalid credentials", StringComparison.Ordinal) is true;
}
