using System.Text;
using Sluice.Destinations.Webhook;
using Sluice.Secrets;

namespace Sluice.Tests.Destinations.Webhook;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] Body = """{"id":"evt_1","action":"user.login"}"""u8.ToArray();

    [Fact]
    public void The_standard_webhooks_vector_holds() => Assert.Equal(
        "v1,CrwbM7dv1Uf9Fn0G2PJA14UMTkrlQkWDrToF9BXTlLs=",
        WebhookSignature.Standard([Key("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")], "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", 1767225600, Body));

    [Fact]
    public void The_body_vectors_hold()
    {
        Assert.Equal("sha256=c337d83e81e45ccc15817718640fb2d1cc56fe2416f1e765770b19ea12af39b5", WebhookSignature.OfBody([Key("test-secret")], Body));
        Assert.Equal(
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            WebhookSignature.OfBody([Key("It's a Secret to Everybody")], Encoding.UTF8.GetBytes("Hello, World!")));
    }

    [Fact]
    public void While_secrets_change_both_sign()
    {
        byte[][] keys = [Key("test-secret"), Key("next")];

        Assert.Equal($"{WebhookSignature.OfBody([keys[0]], Body)},{WebhookSignature.OfBody([keys[1]], Body)}", WebhookSignature.OfBody(keys, Body));
        Assert.Equal(
            $"{WebhookSignature.Standard([keys[0]], "m", 1, Body)} {WebhookSignature.Standard([keys[1]], "m", 1, Body)}",
            WebhookSignature.Standard(keys, "m", 1, Body));
    }

    private static byte[] Key(string secret)
    {
        Assert.True(WebhookSignature.TryKey(new Secret(secret), out var key));
        return key;
    }
}
