using Sluice.Secrets;
using Sluice.Server.Commands;

NativeSha256.Install();

return await CommandRunner.RunAsync(args,
[
    ServeCommand.Create(),
    ImportCommand.Create(),
    ApplyCommand.Create(),
    KeysCommand.Create(),
    VerifyCommand.Create(),
    MigrateCommand.Create(),
]);
