namespace Sluice.Server.SelfAudit;

/// <summary>Around everything else: however a call ends, it is written down.</summary>
internal sealed class CallRecording(RequestDelegate next, CallRecorder recorder)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var call = recorder.Begin();
        context.SetAudited(call);
        try
        {
            await next(context);
        }
        finally
        {
            await recorder.EndAsync(context, call);
        }
    }
}
