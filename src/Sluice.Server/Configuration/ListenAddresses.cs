

namespace Sluice.Server.Configuration;

/// <summary>Addresses to listen on, checked before anything is opened.</summary>
internal static class ListenAddresses
{
    public static string Checked(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsUsable(url)) throw new SettingException("urls", url, "Use http://ADDRESS:PORT, for example http://127.0.0.1:7600 or http://0.0.0.0:7600.");
        }

        return urls;
    }

    private static bool IsUsable(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0 && address.Port is >= 0 and <= 65535
                && (address.Host.StartsWith('[') || !address.Host.Contains(':'));   // what is no port is left in the host
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
