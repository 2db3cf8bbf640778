using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Pictures;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Pictures;

/// <summary>What editors and writers do with pictures on their pages and by their calls.</summary>
public sealed class PictureDeskTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private PictureDesk Desk => newsroom.Services.GetRequiredService<PictureDesk>();

    [Fact]
    public async Task A_file_sent_in_by_script_is_a_picture_and_the_same_file_again_is_the_same_picture()
    {
        Vips.IsNeeded();
        var photo = await Vips.PhotoAsync("weir.jpg");
        await newsroom.Writer.OpenAsync("/desk/pictures");

        var first = await SendAsync(newsroom.Writer, photo, "weir.jpg");
        var again = await SendAsync(newsroom.Editor, photo, "weir-copy.jpg");

        Assert.True(first.GetProperty("isNew").GetBoolean());
        Assert.False(again.GetProperty("isNew").GetBoolean());
        Assert.Equal(first.GetProperty("id").GetInt32(), again.GetProperty("id").GetInt32());
        var picture = await newsroom.PictureAsync(first.GetProperty("id").GetInt32());
        Assert.Equal(await newsroom.IdOfAsync(newsroom.Writer), picture!.UploadedById);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Writer.GetAsync(first.GetProperty("thumb").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task Files_sent_in_by_a_plain_form_are_pictures_each_with_its_own_answer()
    {
        Vips.IsNeeded();
        var page = await newsroom.Writer.OpenAsync("/desk/pictures");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("#upload [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("take-in"), "_handler" },
            { new ByteArrayContent(await Vips.PhotoAsync("mill.jpg", 700, 500)), "files", "mill.jpg" },
            { new ByteArrayContent("No picture at all."u8.ToArray()), "files", "words.jpg" },
        };

        var answer = await newsroom.Writer.SendAsync(new(HttpMethod.Post, "/desk/pictures") { Content = form });
        var said = await ReadAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("mill.jpg is in.", Words(said.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Contains("words.jpg: ", Words(said.QuerySelector(".problem")), StringComparison.Ordinal);
        Assert.Contains("mill.jpg", Words(said.QuerySelector(".picture-grid")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/pictures/files?name=huge.jpg")]
    [InlineData("/desk/pictures")]
    public async Task What_is_far_too_large_is_refused_before_it_is_read(string address)
    {
        await newsroom.Writer.OpenAsync("/desk/pictures");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StreamContent(new Endless(200L << 20)) };
        request.Content.Headers.ContentLength = 200L << 20;
        request.Headers.ExpectContinue = true;
        request.Headers.Accept.ParseAdd("application/json");

        var answer = await newsroom.Writer.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("200 MB", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("marlp")]
    [InlineData("quill")]
    [InlineData("HARBOUR")]
    public async Task A_picture_is_found_by_half_a_word_of_anything_said_about_it(string words)
    {
        await newsroom.PasteInAsync("harbour-gate.jpg", describe: p => (p.Caption, p.Credit) = ("Marlpit lies low", "Idris Quill"));
        await newsroom.PasteInAsync("river.jpg", describe: p => p.Caption = "The river");

        var page = await newsroom.Writer.OpenAsync($"/desk/pictures?words={words}");
        var hits = await newsroom.Writer.OpenAsync($"/desk/find-picture?q={words}");

        Assert.All(page.QuerySelectorAll(".picture-words"), hit => Assert.Equal("Marlpit lies low", Words(hit)));
        Assert.All(hits.QuerySelectorAll("[role=option]"), hit => Assert.Equal("Marlpit lies low", hit.GetAttribute("data-caption")));
        Assert.NotEmpty(page.QuerySelectorAll(".picture-words"));
        Assert.NotEmpty(hits.QuerySelectorAll("[role=option]"));
    }

    [Fact]
    public async Task The_library_lists_what_nobody_uses_and_whose_rights_end()
    {
        var now = newsroom.Clock.GetUtcNow();
        var (used, unused) = (await newsroom.PasteInAsync("used.jpg"), await newsroom.PasteInAsync("unused.jpg"));
        var (soon, over) = (await newsroom.PasteInAsync("soon.jpg", describe: p => p.RightsUntil = now.AddDays(29)), await newsroom.PasteInAsync("over.jpg", describe: p => p.RightsUntil = now));
        var later = await newsroom.PasteInAsync("later.jpg", describe: p => p.RightsUntil = now.AddDays(31));
        await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens with { PictureId = used });

        Assert.Contains(unused, await ListedAsync("unused"));
        Assert.DoesNotContain(used, await ListedAsync("unused"));
        int[] rightsEnd = [soon, over, later];
        Assert.Equal([soon], (await ListedAsync("ending")).Intersect(rightsEnd));
        Assert.Equal([over], (await ListedAsync("ended")).Intersect(rightsEnd));
    }

    [Fact]
    public async Task What_is_said_of_a_picture_is_kept_as_the_papers_clock_has_it()
    {
        newsroom.Clock.MoveTo(Edition.Morning);
        var id = await newsroom.PasteInAsync();

        var answer = await SaveAsync(newsroom.Editor, id, new() { ["Form.Caption"] = "The  bridge", ["Form.Credit"] = "Quill", ["Form.RightsUntil"] = "2026-07-01T06:00", ["Form.FocusX"] = "25", ["Form.FocusY"] = "80.5" });

        var picture = await newsroom.PictureAsync(id);
        Assert.Contains("Saved.", Words(answer.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(("The bridge", "Quill"), (picture!.Caption, picture.Credit));
        // Six in the morning of British summer time.
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 5, 0, 0, TimeSpan.Zero), picture.RightsUntil);
        Assert.Equal((0.25f, 0.805f), (picture.FocusX, picture.FocusY));
    }

    [Fact]
    public async Task A_moved_focal_point_gives_the_picture_new_addresses_and_new_words_do_not()
    {
        var id = await newsroom.PasteInAsync();
        var before = (await newsroom.PictureAsync(id))!.AddressHash;

        await SaveAsync(newsroom.Editor, id, new() { ["Form.Caption"] = "Reworded" });
        Assert.Equal(before, (await newsroom.PictureAsync(id))!.AddressHash);

        await SaveAsync(newsroom.Editor, id, new() { ["Form.FocusX"] = "10" });
        Assert.NotEqual(before, (await newsroom.PictureAsync(id))!.AddressHash);
    }

    [Theory]
    [InlineData("Form.RightsUntil", "next week")]
    [InlineData("Form.TakenAt", "2026-02-30T10:00")]
    [InlineData("Form.FocusX", "101")]
    [InlineData("Form.FocusY", "NaN")]
    public async Task What_cannot_be_read_is_said_and_what_was_typed_is_shown_again(string field, string typed)
    {
        var id = await newsroom.PasteInAsync();

        var page = await SaveAsync(newsroom.Editor, id, new() { [field] = typed, ["Form.Caption"] = "Typed with care" });

        Assert.NotEmpty(Words(page.QuerySelector(".problem")));
        Assert.Equal("Typed with care", page.QuerySelector<IHtmlTextAreaElement>("#caption")!.Value.Trim());
        Assert.Equal("", (await newsroom.PictureAsync(id))!.Caption);
    }

    [Fact]
    public async Task A_colleagues_words_are_not_written_over_unseen()
    {
        var id = await newsroom.PasteInAsync();
        var fields = await FormAsync(newsroom.Editor, id);
        await Desk.RewordAsync(id, words => words with { Caption = "A colleague’s" });

        var page = await SaveAsync(newsroom.Editor, id, new() { ["Form.Seen"] = fields["Form.Seen"], ["Form.Caption"] = "Mine" });
        Assert.Contains("A colleague has changed", Words(page.QuerySelector(".problem")), StringComparison.Ordinal);
        Assert.Equal("A colleague’s", (await newsroom.PictureAsync(id))!.Caption);

        await SaveAsync(newsroom.Editor, id, new() { ["Form.Caption"] = "Mine" });
        Assert.Equal("Mine", (await newsroom.PictureAsync(id))!.Caption);
    }

    [Fact]
    public async Task A_first_caption_is_written_where_the_file_came_in()
    {
        var id = await newsroom.PasteInAsync(byPerson: await newsroom.IdOfAsync(newsroom.Writer), describe: p => p.Credit = "Quill");
        await newsroom.Writer.OpenAsync("/desk/pictures");

        var answer = await newsroom.Writer.CallAsync(HttpMethod.Put, $"/desk/pictures/{id}", new { alt = "A weir\nin flood" });
        var tooLong = await newsroom.Writer.CallAsync(HttpMethod.Put, $"/desk/pictures/{id}", new { caption = new string('x', 1001) });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
        var picture = await newsroom.PictureAsync(id);
        Assert.Equal(("A weir in flood", "", "Quill"), (picture!.Alt, picture.Caption, picture.Credit));
    }

    [Fact]
    public async Task A_writer_changes_their_own_pictures_until_readers_have_them_and_no_others()
    {
        var own = await newsroom.PasteInAsync(byPerson: await newsroom.IdOfAsync(newsroom.Writer));
        var others = await newsroom.PasteInAsync();
        var published = await newsroom.PasteInAsync(byPerson: await newsroom.IdOfAsync(newsroom.Writer));
        await newsroom.PublishAsync(Edition.BridgeOpens with { PictureId = published, PictureAlt = "A bridge." });
        await newsroom.Writer.OpenAsync("/desk/pictures");

        async Task<HttpStatusCode> TryAsync(int id) => (await newsroom.Writer.CallAsync(HttpMethod.Put, $"/desk/pictures/{id}", new { credit = "Me" })).StatusCode;

        Assert.Equal(HttpStatusCode.OK, await TryAsync(own));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(others));
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(published));
        Assert.Null((await newsroom.Writer.OpenAsync($"/desk/pictures/{others}")).QuerySelector("#caption"));
        await SendAnywayAsync(newsroom.Writer, others, "words", new() { ["Form.Caption"] = "Mine" });
        await SendAnywayAsync(newsroom.Writer, others, "delete", []);
        Assert.Equal("", (await newsroom.PictureAsync(others))?.Caption);
    }

    [Fact]
    public async Task A_portrait_is_an_editors_to_change_whoever_sent_it_in()
    {
        var id = await newsroom.PasteInAsync(byPerson: await newsroom.IdOfAsync(newsroom.Writer));
        await using (var db = await newsroom.OpenDbAsync())
        {
            (await db.Writers.SingleAsync(w => w.Id == Edition.Idris)).PortraitId = id;
            await db.SaveChangesAsync();
        }

        await newsroom.Writer.OpenAsync("/desk/pictures");
        await newsroom.Editor.OpenAsync("/desk/pictures");

        Assert.Equal(HttpStatusCode.Forbidden, (await newsroom.Writer.CallAsync(HttpMethod.Put, $"/desk/pictures/{id}", new { credit = "Me" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.CallAsync(HttpMethod.Put, $"/desk/pictures/{id}", new { credit = "Quill" })).StatusCode);
    }

    [Fact]
    public async Task A_picture_says_where_it_is_used_and_is_deleted_only_where_it_is_not()
    {
        var id = await newsroom.PasteInAsync();
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("A story with two pictures", $"First.\n\n![A bridge](picture:{id})\n\nLast."));

        var used = await newsroom.Editor.OpenAsync($"/desk/pictures/{id}");
        Assert.Contains("A story with two pictures", Words(used.QuerySelector($"a[href='/desk/stories/{story}']")), StringComparison.Ordinal);
        Assert.Null(used.QuerySelector(".delete"));
        Assert.IsType<PictureOutcome.Refused>(await Desk.DeleteAsync(id));

        await newsroom.RewriteAsync(story, text => text with { Copy = "First.\n\nLast." });
        await newsroom.Editor.OpenAsync($"/desk/pictures/{id}");
        var answer = await SendAnywayAsync(newsroom.Editor, id, "delete", []);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Null(await newsroom.PictureAsync(id));
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Editor.GetAsync($"/desk/pictures/{id}")).StatusCode);
    }

    [Fact]
    public async Task No_file_of_a_deleted_picture_is_left()
    {
        Vips.IsNeeded();
        var photo = await Vips.PhotoAsync("gone.jpg", 701, 500);
        var picture = await newsroom.TakeInAsync(photo, "gone.jpg");
        var thumb = ShownPicture.OnTheDesk(picture).Address(PictureCrop.Square, 160, "webp");
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.GetAsync(thumb)).StatusCode);
        var store = newsroom.Services.GetRequiredService<PictureStore>();
        string[] keys = [PictureStore.OriginalKey(picture.FileHash), PictureStore.PrintKey(picture.FileHash), new Rendition(PictureCrop.Square, 160, "webp").Key(picture.AddressHash)];
        foreach (var key in keys)
            Assert.True(await store.HasAsync(key, default), key);

        Assert.IsType<PictureOutcome.Done>(await Desk.DeleteAsync(picture.Id));

        foreach (var key in keys)
            Assert.False(await store.HasAsync(key, default), key);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Editor.GetAsync(thumb)).StatusCode);
        Assert.True(Assert.IsType<Intake.Taken>(await newsroom.SendInAsync(photo, "gone.jpg")).IsNew);
    }

    [Fact]
    public async Task No_cut_of_an_earlier_focal_point_is_left()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("moved.jpg", 702, 500), "moved.jpg");
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.GetAsync(ShownPicture.OnTheDesk(picture).Address(PictureCrop.Square, 160, "webp"))).StatusCode);

        await Desk.RewordAsync(picture.Id, words => words with { FocusX = 0.25f });

        var store = newsroom.Services.GetRequiredService<PictureStore>();
        Assert.False(await store.HasAsync(new Rendition(PictureCrop.Square, 160, "webp").Key(picture.AddressHash), default));
        Assert.True(await store.HasAsync(PictureStore.PrintKey(picture.FileHash), default));
    }

    [Fact]
    public async Task A_writers_portrait_is_chosen_by_its_number_and_keeps_the_picture()
    {
        var id = await newsroom.PasteInAsync();
        await newsroom.Editor.OpenAsync("/desk/writers");
        Dictionary<string, string> maud = new() { ["_handler"] = $"writer-{Edition.Maud}", ["Form.Id"] = $"{Edition.Maud}", ["Form.Name"] = "Maud Ferrier", ["Form.Role"] = "Chief reporter", ["Form.About"] = "" };

        var unknown = await ReadAsync(await newsroom.Editor.SendFormAsync("/desk/writers", new(maud) { ["Form.Portrait"] = "4711" }));
        Assert.Contains("There is no picture with that number", Words(unknown.QuerySelector(".problem")), StringComparison.Ordinal);

        await newsroom.Editor.SendFormAsync("/desk/writers", new(maud) { ["Form.Portrait"] = $"{id}" });
        Assert.IsType<PictureOutcome.Refused>(await Desk.DeleteAsync(id));
        Assert.NotNull((await newsroom.Editor.OpenAsync($"/desk/pictures/{id}")).QuerySelector("a[href='/by/maud-ferrier']"));

        await newsroom.Editor.SendFormAsync("/desk/writers", new(maud) { ["Form.Portrait"] = "" });
        Assert.IsType<PictureOutcome.Done>(await Desk.DeleteAsync(id));
    }

    [Fact]
    public async Task Publishing_by_hand_asks_what_a_picture_shows_and_an_import_does_not()
    {
        var id = await newsroom.PasteInAsync();
        await newsroom.Editor.OpenAsync("/desk");
        var withMain = await newsroom.Desk.BeginAsync(null, Edition.Told("Undescribed above", "Words.") with { PictureId = id });
        var inCopy = await newsroom.Desk.BeginAsync(null, Edition.Told("Undescribed within", $"Words.\n\n![](picture:{id})"));

        Assert.Equal("picture-alt", await WhatIsMissingAsync(withMain));
        Assert.Equal("copy", await WhatIsMissingAsync(inCopy));
        Assert.Null((await newsroom.StoryAsync(withMain)).PublishedNumber);

        await newsroom.RewriteAsync(withMain, text => text with { PictureAlt = "A bridge." });
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{withMain}/publish", new { basedOn = 2 })).StatusCode);
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(inCopy, 1));
    }

    [Fact]
    public async Task The_editing_page_advises_on_credit_size_and_rights()
    {
        var id = await newsroom.PasteInAsync(width: 800, height: 600, describe: p => p.RightsUntil = newsroom.Clock.GetUtcNow().AddMinutes(-1));
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("Advised on", $"![Two](picture:{id})\n\n![None](picture:4711)") with { PictureId = id, PictureAlt = "One." });

        var page = await newsroom.Editor.OpenAsync($"/desk/stories/{story}");
        var advice = page.QuerySelectorAll(".advice li").Select(Words).ToList();

        Assert.Contains("The main picture has no credit.", advice);
        Assert.Contains("The main picture will not be seen by readers: the rights to it have ended.", advice);
        Assert.Contains(advice, words => words.StartsWith("The main picture is 800 pixels wide", StringComparison.Ordinal));
        Assert.Contains("There is no picture 4711, so readers see nothing in its place.", advice);
        Assert.Empty(page.QuerySelectorAll(".missing li"));
    }

    private async Task<string?> WhatIsMissingAsync(int story)
    {
        var answer = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/publish", new { basedOn = 1 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("missing")[0].GetProperty("field").GetString();
    }

    private static async Task<JsonElement> SendAsync(StaffMember person, byte[] file, string name)
    {
        await person.OpenAsync("/desk/pictures");
        var answer = await person.CallAsync(HttpMethod.Post, $"/desk/pictures/files?name={name}", new ByteArrayContent(file));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<List<int>> ListedAsync(string show)
    {
        var page = await newsroom.Writer.OpenAsync($"/desk/pictures?show={show}");
        return [.. page.QuerySelectorAll(".picture-grid a").Select(link => int.Parse(link.GetAttribute("href")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>The fields of a picture's form as its page fills them.</summary>
    private static async Task<Dictionary<string, string>> FormAsync(StaffMember person, int id)
    {
        var page = await person.OpenAsync($"/desk/pictures/{id}");
        return page.QuerySelectorAll("[name^='Form.']").ToDictionary(field => field.GetAttribute("name")!,
            field => field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value") ?? "");
    }

    private static async Task<IDocument> SaveAsync(StaffMember person, int id, Dictionary<string, string> changes)
    {
        var fields = await FormAsync(person, id);
        foreach (var (name, value) in changes)
            fields[name] = value;
        return await ReadAsync(await SendAnywayAsync(person, id, "words", fields));
    }

    private static Task<HttpResponseMessage> SendAnywayAsync(StaffMember person, int id, string form, Dictionary<string, string> fields) =>
        person.SendFormAsync($"/desk/pictures/{id}", new(fields) { ["_handler"] = form });

    private static async Task<IDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(), default);

    private static string Words(IElement? element) => string.Join(' ', (element?.TextContent ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Zeros as they are asked for, so that a test needs no memory for them.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var now = (int)Math.Min(count, length - given);
            given += now;
            return now;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
