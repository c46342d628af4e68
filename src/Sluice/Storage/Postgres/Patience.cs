using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// How long the database may take, all calls together. Nothing is cancelled when it runs out: the driver's cancellation asks the server, and one that
/// hangs leaves it waiting without end. What has not answered is left to itself, so it must touch nothing that others use.
/// </summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public TimeSpan Left => limit - time.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>The call that had no answer in time, if there is one: its connection is nobody's until it ends.</summary>
    public Task Unanswered { get; private set; } = Task.CompletedTask;

    /// <exception cref="DatabaseHangsException">There was no answer in time.</exception>
    public async ValueTask<T> Await<T>(Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(Left, time);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            Unanswered = answer;
            throw new DatabaseHangsException($"PostgreSQL did not answer within {limit.TotalSeconds:0.#} seconds.");
        }
    }

    public async ValueTask Await(Task answer) => await Await(Unit(answer));

    /// <summary>Closes a connection when the call on it has ended, whenever that is.</summary>
    public static async Task LetGoAsync(NpgsqlConnection connection, Task unanswered)
    {
        await unanswered.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException)
        {
            // It was broken: there is nothing left to close.
        }
    }

    private static async Task<bool> Unit(Task answer)
    {
        await answer;
        return true;
    }
}

/// <summary>The database did not answer; whether it will still do what it was asked is unknown.</summary>
internal sealed class DatabaseHangsException(string message) : StorageUnavailableException(message);
