namespace Sluice.Tests.Server.Apply;

public sealed class ReferenceTests
{
    [Fact]
    public void Secrets_come_from_the_environment_and_from_files_beside_the_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("secret.txt"), "from-the-file\n");

        var one = Declared.File("""
            destinations:
              - name: SOC
                provider: webhook
                endpoint: https://siem.example.com
                secret: {file: secret.txt}
                headers: [{name: Authorization, value: {env: TOKEN}}]
            """, name => name == "TOKEN" ? "Bearer from-the-environment" : null, folder.Path).Destinations[0];

        Assert.Equal("from-the-file", (string?)one.Given["secret"]);
        Assert.Equal("Bearer from-the-environment", (string?)one.Given["headers"]![0]!["value"]);
    }

    [Fact]
    public void Missing_references_are_named_all_of_them()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("empty"), "\n");

        var problems = Declared.Problems("""
            destinations:
              - name: A
                provider: splunk
                endpoint: https://splunk.example.com
                token: {env: NOT_SET}
              - name: B
                provider: webhook
                endpoint: {file: nothing-here}
                secret: {file: empty}
                next_secret: {env: [a]}
            """, _ => null, folder.Path);

        Assert.Equal(
            [
                "d.yaml:5:18: token: the environment variable NOT_SET is not set.",
                $"d.yaml:8:22: endpoint: the file {folder.File("nothing-here")} cannot be read: there is none.",
                "d.yaml:9:20: secret: the file empty is empty.",
                "d.yaml:10:24: next_secret: a reference is {env: NAME} or {file: path}.",
            ],
            problems);
    }

    [Fact]
    public void What_is_referred_to_is_in_no_message()
    {
        var problem = Assert.Single(Declared.Problems("destinations:\n  - name: A\n    provider: stdout\n    filter: {env: F}\n", _ => "hunter2 IS bad"));
        Assert.DoesNotContain("hunter2 IS bad", problem, StringComparison.Ordinal);
        Assert.StartsWith("d.yaml:4:5: A: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_written_out() =>
        Assert.Equal("d.yaml:2:6: ***: name is written out, not referred to: people are shown it.", Assert.Single(Declared.Problems("destinations:\n  - {name: {env: N}, provider: stdout}\n", _ => "a-long-text")));

    [Fact]
    public void Secrets_written_out_are_refused_where_they_stand() =>
        Assert.Equal(
            [
                "d.yaml:4:5: SOC: endpoint has a secret written out. Refer to the whole of it: {env: NAME} or {file: path}.",
                "d.yaml:5:5: SOC: secret has a secret written out. Refer to the whole of it: {env: NAME} or {file: path}.",
                "d.yaml:7:37: SOC: headers[0].value has a secret written out. Refer to the whole of it: {env: NAME} or {file: path}.",
            ],
            Declared.Problems("""
            destinations:
              - name: SOC
                provider: webhook
                endpoint: https://siem.example.com/in?token=abcdef
                secret: choose-a-secret
                next_secret: {env: NEXT}
                headers: [{name: Authorization, value: Bearer 12345}, {name: X-Team, value: audit}]
            """));

    [Fact]
    public void A_secret_that_is_referred_to_may_be_like_something_that_is_not() =>
        Assert.Single(Declared.File("destinations:\n  - {name: A, provider: webhook, endpoint: 'https://h.example', headers: [{name: X-Token, value: {env: Token}}]}\n").Destinations);
}
