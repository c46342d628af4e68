using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Authentication;

/// <summary>Every route and every role, against the one table.</summary>
public sealed class CallRulesTests
{
    [Fact]
    public async Task Every_route_has_a_rule_and_every_rule_a_route()
    {
        await using var server = await RunningServer.StartAsync();

        var routes = Routes(server).Select(route => (route.Name, route.Rule)).ToList();

        Assert.All(routes, route => Assert.NotNull(route.Rule));
        Assert.Equal(CallRules.Rows.Keys.Order(StringComparer.Ordinal), routes.Select(route => route.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("acme")]
    public async Task Every_role_opens_what_the_table_says_and_nothing_else(string? tenant)
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            var key = server.Key(role, tenant);
            foreach (var (name, path, rule) in Routes(server).Where(route => !route.Path.EndsWith("/live", StringComparison.Ordinal)))
            {
                var answer = await server.CallAsync(name.Split(' ')[0], path, key);
                var mayUse = rule!.IsOpen || ((rule.Permission is null || role.Includes(rule.Permission.Value)) && !(rule.InstanceOnly && tenant is not null));
                if (!mayUse) Assert.True(IsForbidden(answer), $"{name} as {role} of {tenant ?? "the instance"}: {answer.Status} {answer.Text}");
                else Assert.False(answer.Status is 401 || IsForbidden(answer) || answer.Status >= 500, $"{name} as {role} of {tenant ?? "the instance"}: {answer.Status}");
            }
        }
    }

    /// <summary>As Sluice says it, or a dialect.</summary>
    private static bool IsForbidden(Answer answer) => answer.Status == 403 && answer["code"] is "forbidden" or "PERMISSION_DENIED" or "7";

    private static IEnumerable<(string Name, string Path, CallRule? Rule)> Routes(RunningServer server) =>
        from endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let route = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Where(method => method != HttpMethods.Head)   // as GET
        select ($"{method} {route}", System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]+\}", "0"), endpoint.Metadata.GetMetadata<CallRule>());
}
