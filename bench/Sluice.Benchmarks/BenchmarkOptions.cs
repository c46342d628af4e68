using System.Globalization;

namespace Sluice.Benchmarks;

/// <summary>What the caller asked for.</summary>
internal sealed record BenchmarkOptions
{
    public const string Help = """
        Measures Sluice on this machine, beside baselines taken in the same run. Nothing is judged: the exit code is 0 unless something could not be measured.

        usage: ./bench/run [PART…] [--quick] [--events N] [--seed N] [--json FILE] [--folder DIR]

        parts (all unless named):
          baselines   raw SQLite commits, a bare HTTP server, a bare sender into the receiver
          ingest      POST to durable: 1,000 and 100 events a request, and single events from 64 connections
          growth      the same at 1,000 a request until N events are stored: second half against first half
          query       pages, one event and exports over those N events, while 5,000 events/s come in
          audit       sending and reading with Sluice's own record of calls off and on
          delivery    from the ledger to a webhook and to Splunk's HTTP Event Collector: every event checked for loss, repetition and order
          endtoend    POST to arrival at 5,000 events/s; and as fast as it goes
          latency     commit to confirmation at each kind of destination, at 500 events/s
          crowd       200 destinations at 5,000 events/s, 150 of them dead, slow or throttling, beside the same 50 healthy ones alone
          console     pages of the web console in Chromium (which must be installed), over N events of the last four days and over none
          postgres    a fifth of all that on PostgreSQL (which must be installed), on one node and two, beside raw COPY; and how long a takeover takes

        --events N    how many events growth stores and query asks; all other sizes follow. Default 5,000,000; about 5 minutes on two quiet cores, and 10 GB of disk.
        --quick       a tenth of that.
        --seed N      another set of events. Default 1.
        --json FILE   writes the figures there too.
        --folder DIR  where data folders are made and removed; it should be on the disk that is to be measured. Default artifacts/bench.
        """;

    public IReadOnlyList<string> Parts { get; init; } = [];

    public long Events { get; init; } = 5_000_000;

    public int Seed { get; init; } = 1;

    public string? JsonFile { get; init; }

    public string Folder { get; init; } = "artifacts/bench";

    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options with { Events = options.Events / 10 },
                "--events" => options with { Events = Number(Value(ref i)) },
                "--seed" => options with { Seed = (int)Number(Value(ref i)) },
                "--json" => options with { JsonFile = Value(ref i) },
                "--folder" => options with { Folder = Value(ref i) },
                ['-', ..] unknown => throw new BenchmarkException($"There is no option {unknown}. See: ./bench/run --help"),
                var part => options with { Parts = [.. options.Parts, part] },
            };
        }

        return options.Events < 50_000 ? throw new BenchmarkException("--events must be 50,000 or more: below that, starting up is all that is measured.") : options;

        string Value(ref int i) => ++i < arguments.Count ? arguments[i] : throw new BenchmarkException($"{arguments[i - 1]} needs a value.");
    }

    private static long Number(string text) =>
        long.TryParse(text.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BenchmarkException($"'{text}' is not a number.");
}
