using System.Net;
using System.Net.Sockets;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>
/// Opens connections to checked addresses only. It resolves the name itself and connects to what it checked: a name that answers differently the
/// second time gains nothing.
/// </summary>
internal sealed class GuardedConnection(DestinationContext its)
{
    private readonly AddressGuard _guard = new(its.Delivery);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var name = context.DnsEndPoint.Host;
        var isPlain = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp;
        var addresses = await ResolveAsync(name, cancellation);
        foreach (var address in addresses) Check(address, name, isPlain);
        return await ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
    }

    private async Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(name.Trim('[', ']'), out var address)) return [address];
        var addresses = await its.Resolve(name, cancellation);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.NoData);
    }

    private void Check(IPAddress address, string name, bool isPlain)
    {
        if (!_guard.Allows(address))
            throw new IOException($"{name} is at {address}, which is no public address. The operator can allow it: Delivery:AllowedNetworks or Delivery:AllowPrivateEndpoints.");
        if (isPlain && !its.Delivery.AllowPlainHttp && !_guard.IsPrivateAndAllowed(address))
            throw new IOException($"{name} is at the public address {address}, where http:// would send events in the clear. Use https://.");
    }

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception exception)
            {
                socket.Dispose();
                if (exception is not SocketException || i == addresses.Length - 1) throw;
            }
        }
    }
}
