namespace Sluice.Tests.Destinations.CloudWatch;

/// <summary>moto's CloudWatch Logs: AWS's own library checks every signature, and a policy every call.</summary>
public sealed class MotoLogs() : Counterpart("moto_logs.py")
{
    public const string Missing = "Python has no moto: run 'python3 -m pip install --target tests/tools/python --requirement tests/tools/requirements.txt', as ./test does.";

    /// <summary>The messages of a log stream in group <c>sluice</c>.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string stream) =>
        [.. (await AskAsync(stream)).EnumerateArray().Select(one => one.GetProperty("message").GetString()!)];
}
