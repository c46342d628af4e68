// One server process at a time: the tests measure memory and time, and machines that build have few cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
