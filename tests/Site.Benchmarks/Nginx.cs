namespace LondonDefender.Benchmarks;

/// <summary>What a page costs at the least: nginx gives it out of a file that was packed beforehand.</summary>
public static class Nginx
{
    public static bool IsThere => Programs.Find("nginx") is not null;

    /// <summary>Gzip by the module made for it (gzip_static); Debian's nginx has none for brotli, so there the packed file is given out as it is, and its encoding said.</summary>
    public static Task<MeasuredProcess> StartAsync(string scratch, CapturedAnswer answer)
    {
        var address = MeasuredProcess.FreeAddress();
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "nginx-" + address.Port)).FullName;
        var isGzip = answer.Header("Content-Encoding") == "gzip";
        File.WriteAllBytes(Path.Combine(folder, "page"), isGzip ? [] : answer.Body);
        if (isGzip)
            File.WriteAllBytes(Path.Combine(folder, "page.gz"), answer.Body);

        var settings = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(settings, Settings(folder, address, answer, isGzip));
        return MeasuredProcess.StartAsync(scratch, Programs.Find("nginx")!, ["-p", folder, "-c", settings, "-e", Path.Combine(folder, "error.log")], address, "/page");
    }

    private static string Settings(string folder, Uri address, CapturedAnswer answer, bool isGzip) => $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 2;
        pid {{folder}}/nginx.pid;
        events { worker_connections 1024; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          server_tokens off;
          keepalive_requests 1000000000;
          open_file_cache max=100;
          etag off;
          client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi; uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
          server {
            listen 127.0.0.1:{{address.Port}};
            root {{folder}};
            types { }
            default_type "{{answer.Header("Content-Type")}}";
            {{(isGzip ? "gzip_static always;" : "")}}
            {{string.Join("\n    ", answer.Headers.Where(header => IsAdded(header.Key, isGzip)).Select(header => $"add_header {header.Key} {Quoted(header.Value)};"))}}
          }
        }
        """;

    private static bool IsAdded(string name, bool isGzip) =>
        !name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase)
        && !(isGzip && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase));

    private static string Quoted(string value) => $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
