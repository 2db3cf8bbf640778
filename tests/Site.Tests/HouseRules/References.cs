using System.Reflection;
using System.Reflection.Emit;

namespace LondonDefender.Tests.HouseRules;

/// <summary>Which types a type of the site knows: by its members, their signatures, and whatever its methods touch.</summary>
internal static class References
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static ILookup<Type, Type> OfTheSite { get; } = typeof(Program).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("LondonDefender", StringComparison.Ordinal) == true)
        .SelectMany(type => Known(type).SelectMany(Parts).Select(known => (Outer(type), Known: Outer(known))))
        .Where(pair => pair.Item1 != pair.Known).Distinct().ToLookup(pair => pair.Item1, pair => pair.Known);

    /// <summary>The folder of a site's type: Stories for LondonDefender.Stories.Story.</summary>
    public static string Folder(Type type) => type.Namespace == "LondonDefender" ? type.Name : type.Namespace!["LondonDefender.".Length..].Split('.')[0];

    public static bool IsOfTheSite(Type type) => type.Namespace?.Split('.')[0] == "LondonDefender";

    private static Type Outer(Type type)
    {
        while (type.DeclaringType is { } declaring)
            type = declaring;
        return type;
    }

    /// <summary>A list of stories is a list, and stories.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];

        return type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static IEnumerable<Type> Known(Type type)
    {
        if (type.BaseType is { } parent)
            yield return parent;
        foreach (var known in type.GetInterfaces())
            yield return known;
        foreach (var attribute in type.GetCustomAttributesData())
            yield return attribute.AttributeType;
        foreach (var member in type.GetMembers(All))
        {
            foreach (var attribute in member.GetCustomAttributesData())
                yield return attribute.AttributeType;
            if (member is FieldInfo field)
                yield return field.FieldType;
            if (member is not MethodBase method)
                continue;

            foreach (var known in KnownTo(method))
                yield return known;
        }
    }

    private static IEnumerable<Type> KnownTo(MethodBase method)
    {
        if (method is MethodInfo { ReturnType: var returned })
            yield return returned;
        foreach (var parameter in method.GetParameters())
            yield return parameter.ParameterType;
        if (method.GetMethodBody() is not { } body)
            yield break;

        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        foreach (var touched in Touched(method, body.GetILAsByteArray()!))
        {
            if (touched is Type type)
                yield return type;
            if (touched.DeclaringType is { } declaring)
                yield return declaring;
            if (touched is MethodInfo { IsGenericMethod: true } generic)
            {
                foreach (var argument in generic.GetGenericArguments())
                    yield return argument;
            }
        }
    }

    private static IEnumerable<MemberInfo> Touched(MethodBase method, byte[] il)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodesByValue[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments)!;

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
