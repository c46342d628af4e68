namespace Sluice.Server.Dialects.Veza;

/// <summary>Veza's system audit log: what its document describes, for collectors that were written against it.</summary>
internal static class VezaEndpoints
{
    public const string Path = "/api/preview/system/audit";
    public const string ExportPath = Path + "/export";

    public static IEndpointRouteBuilder MapVeza(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Path).WithTags("Veza");
        group.MapGet("", VezaList.HandleAsync).WithSummary("List events in order of their end, as Veza does");
        group.MapGet("/export", VezaExport.HandleAsync).WithSummary("Follow events as they are committed, as Veza does");
        return app;
    }
}
