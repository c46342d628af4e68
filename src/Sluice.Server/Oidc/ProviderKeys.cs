namespace Sluice.Server.Oidc;

/// <summary>The keys that a provider signs with at present. One that is not known yet is asked for, once a minute at most.</summary>
internal sealed class ProviderKeys(Func<CancellationToken, Task<IReadOnlyList<ProviderKey>>> fetch, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1), GoodFor = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyList<ProviderKey>? _known;
    private long _askedAt;

    /// <param name="id">The key that is looked for; null for none in particular.</param>
    /// <exception cref="OidcException">No key is known, and the provider cannot be asked.</exception>
    public async Task<IReadOnlyList<ProviderKey>> WithAsync(string? id, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_known is null || IsToBeAsked(id)) _known = await AskAsync(cancellation);
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool IsToBeAsked(string? id)
    {
        var since = time.GetElapsedTime(_askedAt);
        return since >= GoodFor || (since >= AskAgainAfter && id is not null && _known!.All(key => key.Id != id));
    }

    private async Task<IReadOnlyList<ProviderKey>> AskAsync(CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        var keys = await fetch(cancellation);
        _askedAt = asked;
        return keys;
    }
}
