using LondonDefender.Hosting;

namespace LondonDefender.Tests.Hosting;

public sealed class DataFolderTests
{
    [Fact]
    public void The_data_lies_in_the_repository_unless_said_otherwise()
    {
        var folder = DataFolder.Resolve(configured: " ");

        Assert.Equal("data", Path.GetFileName(folder));
        Assert.True(File.Exists(Path.Combine(folder, "..", "Site.sln")));
    }

    [Fact]
    public void A_folder_that_was_named_is_used()
    {
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "elsewhere"), DataFolder.Resolve("elsewhere"));
    }
}
