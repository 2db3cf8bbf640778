namespace LondonDefender.Workflow;

public static class WorkflowSetup
{
    public static void AddWorkflow(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkflowDesk>();
        builder.Services.AddSingleton<CommentDesk>();
        builder.Services.AddSingleton<Reminders>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Reminders>());

        builder.Services.AddOptions<MailOptions>().BindConfiguration("Mail");
        builder.Services.AddSingleton<Postman>();
        builder.Services.AddSingleton<MailConfirmation>();
        if (!string.IsNullOrWhiteSpace(builder.Configuration["Mail:Host"]))
            builder.Services.AddHostedService(services => services.GetRequiredService<Postman>());
    }
}
