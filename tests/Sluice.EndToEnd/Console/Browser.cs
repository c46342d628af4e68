using Microsoft.Playwright;
using Sluice.Testing;

namespace Sluice.EndToEnd.Console;

internal static class Browser
{
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumProgram.Find(), Args = ["--no-sandbox"] });
}
