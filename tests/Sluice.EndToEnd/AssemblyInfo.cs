// One server process at a time: the tests measure memory and time, and machines that build have few cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// /proc, tmpfs, signals: the tests are for the system that servers run on.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
