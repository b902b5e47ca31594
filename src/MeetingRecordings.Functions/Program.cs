using MeetingRecordings.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
try
{
    builder.Services.AddMeetingRecordings(builder.Configuration);
}
catch (OptionsValidationException e)
{
    // The Functions host logs a line of a worker's that has this word in it as an error.
    Console.Error.WriteLine(string.Join(Environment.NewLine, e.Failures.Select(static failure => $"error: {failure}")));
    return 1;
}

builder.Build().Run();
return 0;
