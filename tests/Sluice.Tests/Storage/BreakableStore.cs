using Sluice.Storage;

namespace Sluice.Tests.Storage;

/// <summary>A store that can be made to fail, as one does whose database is away.</summary>
internal sealed class BreakableStore(IConfigurationStore store) : IConfigurationStore
{
    public bool IsBroken { get; set; }

    public ValueTask<T> ReadAsync<T>(Func<IConfigurationSession, ValueTask<T>> read, CancellationToken cancellation = default) => Working.ReadAsync(read, cancellation);

    public ValueTask<T> WriteAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => Working.WriteAsync(write, cancellation);

    public ValueTask<T> WriteRelaxedAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => Working.WriteRelaxedAsync(write, cancellation);

    public ValueTask<IAsyncDisposable> LockForStartAsync(CancellationToken cancellation = default) => Working.LockForStartAsync(cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private IConfigurationStore Working => IsBroken ? throw new StorageUnavailableException("The database is away.") : store;
}
