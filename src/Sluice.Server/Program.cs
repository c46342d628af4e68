using Sluice.Server.Commands;

return await CommandRunner.RunAsync(args,
[
    ServeCommand.Create(),
    KeysCommand.Create(),
]);
