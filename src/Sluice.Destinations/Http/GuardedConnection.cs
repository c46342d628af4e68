using System.Net;
using System.Net.Sockets;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>
/// Opens connections to checked addresses only. It resolves the name itself and connects to what it checked: a name that answers differently the
/// second time gains nothing.
/// </summary>
/// <param name="mayBePlain">The destination's kind allows events in the clear anywhere.</param>
internal sealed class GuardedConnection(DestinationContext its, bool mayBePlain = false)
{
    private readonly AddressGuard _guard = new(its.Delivery);

    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        ConnectAsync(context.DnsEndPoint, isPlain: context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp, cancellation);

    public async ValueTask<Stream> ConnectAsync(DnsEndPoint place, bool isPlain, CancellationToken cancellation)
    {
        var addresses = await ResolveAsync(place.Host, cancellation);
        foreach (var address in addresses) Check(address, place.Host, isPlain && !mayBePlain);
        return await ConnectAsync(addresses, place.Port, cancellation);
    }

    private async Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(name.Trim('[', ']'), out var address)) return [address];
        var addresses = await its.Resolve(name, cancellation);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.NoData);
    }

    private void Check(IPAddress address, string name, bool isTooPlain)
    {
        if (!_guard.Allows(address))
            throw new IOException($"{name} is at {address}, which is no public address. The operator can allow it: Delivery:AllowedNetworks or Delivery:AllowPrivateEndpoints.");
        if (isTooPlain && !its.Delivery.AllowPlainHttp && !_guard.IsPrivateAndAllowed(address))
            throw new IOException($"{name} is at the public address {address}, where a connection without TLS would send events in the clear. Use https:// or tls://.");
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
