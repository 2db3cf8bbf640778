using LondonDefender.Benchmarks;

return await Command.RunAsync(args);
