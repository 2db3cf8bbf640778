using LondonDefender.Stories.Corrections;
using LondonDefender.Stories.Publishing;

namespace LondonDefender.Stories;

public static class StoriesSetup
{
    public static void AddStories(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StoryDesk>();
        builder.Services.AddSingleton<PublishingClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PublishingClock>());
        builder.Services.AddSingleton<CorrectionDesk>();
        builder.AddPublishing();
    }
}
