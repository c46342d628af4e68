using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Sluice.Emulators.Gcs;

/// <summary>A bucket of Cloud Storage for an account that may do nothing but <c>storage.objects.create</c>, and the endpoint that gives it tokens.</summary>
/// <param name="deniesReplacing">Whether the missing permission to replace is looked at before the precondition: 403 instead of 412.</param>
public sealed class GcsEmulator(string bucket, GoogleTokens tokens, bool deniesReplacing = false)
{
    public const string TokenPath = "/token";

    private const int LongestName = 1_024;

    /// <summary>What is there, by its name.</summary>
    public SortedDictionary<string, StoredObject> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes the permission to create away.</summary>
    public bool DeniesAll { get; set; }

    public static string? NameOf(ReceivedRequest request) =>
        request.Path.Split('?', 2) is [_, var query] && QueryHelpers.ParseQuery(query).TryGetValue("name", out var name) ? name.ToString() : null;

    public Reply Answer(ReceivedRequest request) => request.Path == TokenPath ? tokens.Answer(request) : Refusal(request) ?? Store(request);

    /// <summary>Stores, and loses the answer on its way.</summary>
    public Reply StoreAndReset(ReceivedRequest request) => Answer(request) is var reply && request.Path != TokenPath && reply.IsSuccess ? Reply.Reset : reply;

    private Reply? Refusal(ReceivedRequest request)
    {
        if (!tokens.Takes(request)) return Error(401, "Invalid Credentials");
        if (request.Method != "POST" || !request.Path.StartsWith("/upload/storage/v1/b/", StringComparison.Ordinal)) return Denied("storage.objects.get");
        if (!request.Path.StartsWith($"/upload/storage/v1/b/{bucket}/o?", StringComparison.Ordinal)) return Error(404, "The specified bucket does not exist.");
        var query = QueryHelpers.ParseQuery(request.Path.Split('?', 2)[1]);
        if (query["uploadType"] != "media") return Error(400, "This upload type is not supported here.");
        if (!IsName(query["name"].ToString())) return Error(400, "The specified object name is not valid.");
        if (DeniesAll) return Denied("storage.objects.create");
        if (!Objects.ContainsKey(query["name"].ToString())) return null;
        return deniesReplacing || query["ifGenerationMatch"] != "0" ? Denied("storage.objects.delete") : Error(412, "At least one of the pre-conditions you specified did not hold.");
    }

    private Reply Store(ReceivedRequest request)
    {
        var name = NameOf(request)!;
        Objects[name] = new StoredObject(request.RawBody, request.Headers["Content-Type"]);
        return new Reply(200, $$"""{"kind":"storage#object","name":"{{name}}","bucket":"{{bucket}}","generation":"1"}""");
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name is not ("." or "..") && Encoding.UTF8.GetByteCount(name) <= LongestName && name.IndexOfAny(['\r', '\n']) < 0
        && !name.StartsWith(".well-known/acme-challenge/", StringComparison.Ordinal);

    private static Reply Denied(string permission) => Error(403, $"writer@p.iam.gserviceaccount.com does not have {permission} access to the Google Cloud Storage object. Permission '{permission}' denied on resource (or it may not exist).");

    private static Reply Error(int status, string message) => new(status, $$$"""{"error":{"code":{{{status}}},"message":"{{{message}}}"}}""");
}
