using LondonDefender.ReadMore;
using LondonDefender.Stories.Corrections;
using LondonDefender.Stories.Drafts;
using LondonDefender.Stories.Listing;
using LondonDefender.Stories.Publishing;
using LondonDefender.Stories.Revisions;

namespace LondonDefender.Stories;

public static class StoriesSetup
{
    public static void AddStories(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StoryDesk>();
        builder.Services.AddSingleton<PublishingClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PublishingClock>());
        builder.Services.AddSingleton<CorrectionDesk>();
        builder.Services.AddSingleton<RevisionDesk>();
        builder.Services.AddSingleton<DraftLinkDesk>();
        builder.AddPublishing();
        builder.Services.AddSingleton<SavedSearchDesk>();
        builder.Services.AddSingleton<BulkDesk>();
        builder.Services.AddSingleton<PendingDesk>();
    }
}
