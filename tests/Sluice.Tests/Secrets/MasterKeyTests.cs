using System.Runtime.Versioning;
using System.Security.Cryptography;
using Sluice.Secrets;

namespace Sluice.Tests.Secrets;

[UnsupportedOSPlatform("windows")]
public sealed class MasterKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("sub/keys");

    [Fact]
    public void The_first_start_makes_a_key_that_only_its_owner_can_read()
    {
        var wrapped = MasterKey.Open(Path, mayCreate: true).Wrap("secret"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal("secret"u8.ToArray(), MasterKey.Open(Path, mayCreate: false).Unwrap(wrapped));
    }

    [Fact]
    public void A_missing_file_is_not_replaced_when_something_was_wrapped_before()
    {
        Refused("missing", mayCreate: false);
        Assert.False(File.Exists(Path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_can_use_is_refused(UnixFileMode others)
    {
        MasterKey.Open(Path, mayCreate: true);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        Refused("chmod 600", mayCreate: false);
    }

    [Fact]
    public void A_place_where_no_file_can_be_is_refused_in_words()
    {
        Directory.CreateDirectory(Path);

        Refused("cannot be made", mayCreate: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void A_file_without_a_key_is_refused(string content)
    {
        MasterKey.Open(Path, mayCreate: true);
        File.WriteAllText(Path, content);

        Refused("does not hold a key", mayCreate: true);
    }

    [Fact]
    public void Another_key_or_a_changed_byte_opens_nothing()
    {
        var key = MasterKey.Open(Path, mayCreate: true);
        var wrapped = key.Wrap("secret"u8);

        Assert.Throws<SecretsException>(() => MasterKey.Open(_folder.File("other"), mayCreate: true).Unwrap(wrapped));
        for (var i = 0; i < wrapped.Length; i++)
        {
            var changed = wrapped.ToArray();
            changed[i] ^= 1;
            Assert.Throws<SecretsException>(() => key.Unwrap(changed));
        }

        Assert.Throws<SecretsException>(() => key.Unwrap(RandomNumberGenerator.GetBytes(5)));
    }

    public void Dispose() => _folder.Dispose();

    private void Refused(string why, bool mayCreate) =>
        Assert.Contains(why, Assert.Throws<SecretsException>(() => MasterKey.Open(Path, mayCreate)).Message, StringComparison.Ordinal);
}
