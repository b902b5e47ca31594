using Benchmarks.Chaos;

if (args is ["chaos", .. var chaos])
{
    return await ChaosCommand.RunAsync(chaos);
}

return 0;
