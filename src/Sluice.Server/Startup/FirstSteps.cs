namespace Sluice.Server.Startup;

/// <summary>Commands to copy and paste, in the order in which a newcomer wants them.</summary>
internal static class FirstSteps
{
    public static IEnumerable<(string Title, string Command)> At(string url, bool privateEndpointsAllowed, string key)
    {
        yield return ("the key, for the commands below", $"export SLUICE_KEY={(key.StartsWith('$') ? $"\"{key}\"" : $"'{key}'")}");
        yield return ("send the first event", $$"""
            curl -s {{url}}/v1/audit/events -H "X-API-Key: $SLUICE_KEY" -H 'Content-Type: application/json' -d '
              {"id":"first","action":"user.login","outcome":"success","actor":{"type":"user","id":"ada"},"source_ip":"203.0.113.42"}'
            """);
        yield return ("find it", $"""
            curl -sG {url}/v1/audit/events -H "X-API-Key: $SLUICE_KEY" --data-urlencode 'filter=actor.id EQ "ada" AND outcome EQ "success"'
            """);
        yield return ("prove that it is in the log", $"""
            curl -s {url}/v1/audit/events/first/proof -H "X-API-Key: $SLUICE_KEY"
            """);
        if (privateEndpointsAllowed) yield return ("a receiver, in another terminal", Receiver);
        var endpoint = privateEndpointsAllowed ? "http://127.0.0.1:9000/" : "https://example.com/your-webhook";
        yield return ("stream every event to it from the next one on, signed", $$"""
            curl -s {{url}}/v1/audit/siem -H "X-API-Key: $SLUICE_KEY" -H 'Content-Type: application/json' -d '
              {"name":"first","provider":"webhook","endpoint":"{{endpoint}}","secret":"choose-a-secret"}'
            """);
    }

    private const string Receiver = """
        python3 -c 'from http.server import *
        class Print(BaseHTTPRequestHandler):
          def do_POST(s): print(s.rfile.read(int(s.headers["Content-Length"])).decode()); s.send_response(200); s.send_header("Content-Length", "0"); s.end_headers()
        HTTPServer(("127.0.0.1", 9000), Print).serve_forever()'
        """;
}
