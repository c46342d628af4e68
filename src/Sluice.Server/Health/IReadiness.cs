namespace Sluice.Server.Health;

/// <summary>A part that must be well before the server should get traffic. All that are registered are asked.</summary>
internal interface IReadiness
{
    /// <returns>Why not, in a few words; null when ready.</returns>
    string? WhyNotReady();

    /// <summary>Finds out anew, in bounded time, where that takes more than a look.</summary>
    ValueTask RefreshAsync() => ValueTask.CompletedTask;
}

/// <summary>Not ready from the moment the server begins to stop.</summary>
internal sealed class DrainingReadiness(IHostApplicationLifetime lifetime) : IReadiness
{
    public string? WhyNotReady() => lifetime.ApplicationStopping.IsCancellationRequested ? "The server is stopping." : null;
}
