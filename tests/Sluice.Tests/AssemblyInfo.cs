// More classes at a time than the smallest machine has cores: many tests wait for a disk or a database.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
