using System.Net;
using Microsoft.AspNetCore.Http;
using Sluice.Server.Configuration;
using Sluice.Server.WebConsole;
using Spectre.Console;

namespace Sluice.Server.Startup;

/// <summary>What a person reads when the server is ready: where it is, the first key if one was made, and commands to try at once.</summary>
internal static class Banner
{
    public static void Write(IAnsiConsole console, SluiceSettings settings, IEnumerable<string> urls, string? firstKey)
    {
        var addresses = urls.ToList();
        Heading(console, settings, addresses, firstKey);
        foreach (var (title, command) in FirstSteps.At(Reachable(addresses[0]), settings.Delivery.AllowPrivateEndpoints, KeyFor(settings, firstKey)))
        {
            console.WriteLine();
            console.Write(new Text($"# {title}\n", new Style(Color.Grey)));
            console.Profile.Out.Writer.WriteLine(command);   // past the renderer, which would break long lines and with them what is copied
        }

        console.WriteLine();
    }

    private static void Heading(IAnsiConsole console, SluiceSettings settings, IReadOnlyList<string> addresses, string? firstKey)
    {
        console.WriteLine();
        console.Write(new Text("Sluice", new Style(Color.Green, decoration: Decoration.Bold)));
        console.Profile.Out.Writer.WriteLine($" listens on {string.Join(" and ", addresses)}");
        console.Profile.Out.Writer.WriteLine($"Data folder: {settings.Data}");
        console.Profile.Out.Writer.WriteLine(ConsoleFiles.AreThere ? $"Console: {Reachable(addresses[0])}/" : "Without the console: Node 20.19 or newer was missing when this was built.");
        if (settings.Delivery.AllowPrivateEndpoints) console.Profile.Out.Writer.WriteLine("Destinations may have private addresses (Delivery:AllowPrivateEndpoints): for a try-out on one machine.");
        if (firstKey is not null) console.Write(new Text("The first admin key was made. It is shown this once: keep it.\n", new Style(Color.Yellow)));
        else if (settings.AdminKey is null) console.Profile.Out.Writer.WriteLine($"Lost the key? Another one: ./sluice keys create --name me --role admin --data {settings.Data}");
    }

    private static string KeyFor(SluiceSettings settings, string? firstKey) =>
        firstKey ?? (settings.AdminKey is null ? "<your admin key>" : "$SLUICE_ADMIN_KEY");

    /// <summary>An address that a client on this machine can use, also when the server listens on all of them.</summary>
    private static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var isAny = address.Host is "+" or "*" || (IPAddress.TryParse(address.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
        return $"{address.Scheme}://{(isAny ? "127.0.0.1" : address.Host)}:{address.Port}";
    }
}
