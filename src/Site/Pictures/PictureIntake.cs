using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>Takes a photographer's file in: looks what it really is, has it decoded outside this process, and keeps it once.</summary>
public sealed class PictureIntake(IDbContextFactory<NewsroomDb> newsroom, PictureTools tools)
{
    public const long LargestFile = 40 * 1024 * 1024;

    /// <param name="file">Read once, from where it stands; never more than <see cref="LargestFile"/> of it.</param>
    /// <param name="fileName">Kept for people; what the file is, its content says.</param>
    public async Task<Intake> TakeInAsync(Stream file, string fileName, int? byPerson, CancellationToken ct)
    {
        if (!tools.IsInstalled)
            return new Intake.Refused(PictureTools.WhatToInstall);

        await using var db = await newsroom.CreateDbContextAsync(ct);
        return new Intake.Refused("Pictures cannot be taken in yet.");
    }
}
