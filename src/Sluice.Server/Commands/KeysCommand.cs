using System.CommandLine;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Server.Configuration;
using Sluice.Server.Startup;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Server.Commands;

/// <summary><c>sluice keys</c>: access keys from the command line. Whoever may write the data folder, or the database, may do all of it.</summary>
internal static class KeysCommand
{
    public static Command Create() => new TaughtCommand("keys", "Make, list and revoke access keys of a data folder or a database.", HelpTexts.Keys) { CreateKey(), ListKeys(), RevokeKey() };

    private static Command CreateKey()
    {
        var name = new Option<string>("--name") { Description = "What people know it by.", Required = true };
        var role = new Option<string>("--role") { Description = "What it may do: admin, operator (destinations), auditor (see everything), writer (send events) or reader.", Required = true }.AcceptOnlyFromAmong([.. RoleNames.All]);
        var tenant = new Option<string?>("--tenant") { Description = "The only tenant it is good for; the whole instance unless set." };
        var expires = new Option<string?>("--expires-in") { Description = "How long it is valid, such as 90d; for ever unless set." };
        var command = new Command("create", "Make a key. It is printed this once.") { name, role, tenant, expires, SettingsOptions.Data, SettingsOptions.Store };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation, async (keys, time) =>
        {
            var request = new AccessKeyRequest(parsed.GetValue(name)!, RoleNames.TryParse(parsed.GetValue(role))!.Value, parsed.GetValue(tenant), ExpiryOf(parsed.GetValue(expires), time));
            if (AccessKeyRules.Broken(request, Timestamp.Now(time)) is { } fault) return CommandRunner.Fail($"The key's {fault.Field} {fault.What}.");
            var created = await keys.CreateAsync(request, cancellation);
            Console.Error.WriteLine($"{created.Key.Id}, shown this once:");
            Console.Out.WriteLine(created.Text);
            return CommandRunner.Success;
        }));
        return command;
    }

    private static Command ListKeys()
    {
        var command = new Command("list", "List the keys; what is shown of each is its beginning.") { SettingsOptions.Data, SettingsOptions.Store };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation, async (keys, time) =>
        {
            var rows = (await keys.ListAsync(cancellation: cancellation)).Select(key => new[] { key.Id, key.Prefix + "…", RoleNames.Of(key.Role), key.TenantId ?? "(instance)", Day(key.CreatedAt), ExpiryText(key, time), key.Name });
            TextTable.Write(Console.Out, ["ID", "KEY", "ROLE", "TENANT", "CREATED", "EXPIRES", "NAME"], [.. rows]);
            return CommandRunner.Success;
        }));
        return command;
    }

    private static Command RevokeKey()
    {
        var id = new Argument<string>("id") { Description = "The key's id: key_…" };
        var command = new Command("revoke", "Revoke a key: from then on it is refused.") { id, SettingsOptions.Data, SettingsOptions.Store };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation, async (keys, _) =>
        {
            if (await keys.RevokeAsync(parsed.GetValue(id)!, cancellation: cancellation) == RevokeVerdict.NotFound) return CommandRunner.Fail($"There is no key {parsed.GetValue(id)}. See: sluice keys list");
            if (!await keys.HasInstanceAdminAsync(cancellation)) Console.Error.WriteLine("No admin key for the instance is left: the next start makes one, unless SLUICE_ADMIN_KEY is set.");
            return CommandRunner.Success;
        }));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation, Func<AccessKeys, TimeProvider, Task<int>> run)
    {
        var settings = SettingsOptions.SettingsOf(parsed);
        if (settings.Store is null) RequireData(settings);
        await using var services = new ServiceCollection().AddConfigurationStore(settings).BuildServiceProvider();
        await services.PrepareTablesAsync(cancellation);
        ChangeOrigin.Current = ChangeOrigin.CommandLine;
        return await run(new AccessKeys(services.GetRequiredService<IConfigurationStore>(), TimeProvider.System, environmentKey: null), TimeProvider.System);
    }

    private static void RequireData(SluiceSettings settings)
    {
        if (!File.Exists(Path.Combine(settings.Data, ConfigurationDatabase.FileName)))
            throw new StartupException($"There is no data in {settings.Data}. Name the server's data folder with --data, or start a server there first.");
    }

    private static long? ExpiryOf(string? text, TimeProvider time)
    {
        if (text is null) return null;
        if (!DurationText.TryParse(text, out var duration) || duration <= TimeSpan.Zero || duration.TotalDays > 36_500)
            throw new StartupException($"--expires-in: '{text}' cannot be used. Use a number with a unit (m, h, d), for example 90d.");
        return Timestamp.Now(time) + duration.Ticks * 100;
    }

    private static string ExpiryText(AccessKey key, TimeProvider time) => key.ExpiresAt switch
    {
        null => "never",
        { } at when key.IsExpired(Timestamp.Now(time)) => $"{Day(at)} (expired)",
        { } at => Day(at),
    };

    private static string Day(long nanoseconds) => Timestamp.Text(nanoseconds)[..10];
}
