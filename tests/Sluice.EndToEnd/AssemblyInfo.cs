// Three classes at a time: most tests wait for processes more than they compute. Those that must not be disturbed are in AloneCollection.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

// /proc, tmpfs, signals: the tests are for the system that servers run on.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
