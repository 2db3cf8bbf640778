// Each test wants the machine for itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
