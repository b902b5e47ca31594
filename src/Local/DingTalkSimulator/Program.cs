using DingTalkSimulator;

return await new SimulatorCommand().Parse(args).InvokeAsync();
