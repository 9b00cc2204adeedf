using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace Lem.Tests.Architecture;

/// <summary>
/// A built assembly, read for what its types are called and which types they use: bases, members, attributes, locals, instructions.
/// Constants and <c>nameof</c> leave no trace in it.
/// </summary>
sealed class BuiltAssembly : IDisposable
{
    readonly PEReader _file;
    readonly MetadataReader _reader;
    readonly TypeNames _names = new();

    public BuiltAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
    }

    /// <summary>Full names of the types people wrote, nested ones included, by whether each is an interface.</summary>
    public IEnumerable<(string Name, bool IsInterface)> Types =>
        from handle in _reader.TypeDefinitions
        let type = _reader.GetTypeDefinition(handle)
        let name = _reader.GetString(type.Name)
        where !name.Contains('<', StringComparison.Ordinal)
        let outermost = TypeNames.OfDefinition(_reader, handle)
        select (type.IsNested ? $"{outermost}+{name}" : outermost, type.Attributes.HasFlag(TypeAttributes.Interface));

    /// <summary>Each use of one type by another, once.</summary>
    public IReadOnlyList<Reference> References =>
    [
        .. (from handle in _reader.TypeDefinitions
            let user = TypeNames.OfDefinition(_reader, handle)
            from used in UsedBy(_reader.GetTypeDefinition(handle))
            where used != user
            select new Reference(user, used)).Distinct(),
    ];

    public void Dispose() => _file.Dispose();

    IEnumerable<string> UsedBy(TypeDefinition type) =>
    [
        .. Named(type.BaseType),
        .. type.GetInterfaceImplementations().SelectMany(handle => Named(_reader.GetInterfaceImplementation(handle).Interface)),
        .. Constraints(type.GetGenericParameters()),
        .. Attributes(type.GetCustomAttributes()),
        .. type.GetFields().Select(_reader.GetFieldDefinition).SelectMany(field => (IEnumerable<string>)
            [.. field.DecodeSignature(_names, null), .. Attributes(field.GetCustomAttributes())]),
        .. type.GetProperties().SelectMany(handle => Attributes(_reader.GetPropertyDefinition(handle).GetCustomAttributes())),
        .. type.GetMethods().SelectMany(handle => UsedBy(_reader.GetMethodDefinition(handle))),
    ];

    IEnumerable<string> UsedBy(MethodDefinition method) =>
    [
        .. Signature(method.DecodeSignature(_names, null)),
        .. Constraints(method.GetGenericParameters()),
        .. Attributes(method.GetCustomAttributes()),
        .. method.GetParameters().SelectMany(handle => Attributes(_reader.GetParameter(handle).GetCustomAttributes())),
        .. method.RelativeVirtualAddress == 0 ? [] : UsedBy(_file.GetMethodBody(method.RelativeVirtualAddress)),
    ];

    IEnumerable<string> UsedBy(MethodBodyBlock body) =>
    [
        .. body.LocalSignature.IsNil ? [] : _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(local => local),
        .. body.ExceptionRegions.SelectMany(region => Named(region.CatchType)),
        .. MethodBodies.Tokens(body.GetILReader()).SelectMany(Named),
    ];

    IEnumerable<string> Constraints(GenericParameterHandleCollection parameters) =>
        parameters.SelectMany(handle => _reader.GetGenericParameter(handle).GetConstraints())
            .SelectMany(handle => Named(_reader.GetGenericParameterConstraint(handle).Type));

    IEnumerable<string> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.SelectMany(handle => Named(_reader.GetCustomAttribute(handle).Constructor));

    static IEnumerable<string> Signature(MethodSignature<ImmutableArray<string>> signature) =>
        signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(parameter => parameter));

    /// <summary>The types that a token names. A member names the type that declares it: who calls <c>a.B()</c> knows <c>a</c>'s type.</summary>
    IEnumerable<string> Named(EntityHandle token) => token.Kind switch
    {
        _ when token.IsNil => [],
        HandleKind.TypeDefinition => _names.GetTypeFromDefinition(_reader, (TypeDefinitionHandle)token, 0),
        HandleKind.TypeReference => _names.GetTypeFromReference(_reader, (TypeReferenceHandle)token, 0),
        HandleKind.TypeSpecification => _names.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)token, 0),
        HandleKind.MethodDefinition => Named(_reader.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType()),
        HandleKind.FieldDefinition => Named(_reader.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType()),
        HandleKind.MemberReference => Named(_reader.GetMemberReference((MemberReferenceHandle)token).Parent),
        HandleKind.MethodSpecification => Specified(_reader.GetMethodSpecification((MethodSpecificationHandle)token)),
        _ => throw new SwitchExpressionException(token.Kind),
    };

    IEnumerable<string> Specified(MethodSpecification method) =>
        Named(method.Method).Concat(method.DecodeSignature(_names, null).SelectMany(argument => argument));
}
