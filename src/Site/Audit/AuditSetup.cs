using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LondonDefender.Audit;

public static class AuditSetup
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditTrail>();
        builder.Services.AddSingleton<ISaveChangesInterceptor>(services => services.GetRequiredService<AuditTrail>());
    }
}
