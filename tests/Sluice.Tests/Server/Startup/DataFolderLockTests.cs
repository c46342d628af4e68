using Sluice.Server.Configuration;
using Sluice.Server.Startup;

namespace Sluice.Tests.Server.Startup;

public sealed class DataFolderLockTests
{
    [Fact]
    public void A_second_server_on_the_folder_is_refused_until_the_first_is_gone()
    {
        using var folder = new TemporaryFolder();
        using (DataFolderLock.Take(folder.Path))
        {
            File.WriteAllText(folder.File("lock.pid"), "4711");
            var refused = Assert.Throws<StartupException>(() => DataFolderLock.Take(folder.Path));
            Assert.Contains("process id 4711", refused.Message, StringComparison.Ordinal);
            Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        }

        DataFolderLock.Take(folder.Path).Dispose();
    }

    [Fact]
    public void A_lock_file_that_a_killed_server_left_does_not_matter()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("lock"), "");
        File.WriteAllText(folder.File("lock.pid"), "4711");

        DataFolderLock.Take(folder.Path).Dispose();
    }

    [Fact]
    public void A_folder_that_is_a_file_is_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("data"), "");

        Assert.Contains("data folder", Assert.Throws<StartupException>(() => DataFolderLock.Take(folder.File("data"))).Message, StringComparison.Ordinal);
    }
}
