namespace Lem.Core.Configuration.Schema;

/// <summary>Finds its way in a tree of shapes.</summary>
static class ShapeWalk
{
    /// <summary>Every path of the tree, sections included, in declared order.</summary>
    public static IEnumerable<string> Paths(Shape shape, string prefix = "")
    {
        foreach (var (key, member) in MembersOf(shape))
        {
            yield return prefix + key;
            foreach (var below in Paths(member, $"{prefix}{key}."))
                yield return below;
        }
    }

    public static IEnumerable<string> KeysOf(Shape shape) => MembersOf(shape).Select(member => member.Key);

    /// <summary>The shape at a dotted path, or null. Free maps take any key.</summary>
    public static Shape? Find(Shape root, string path)
    {
        Shape? shape = root;
        foreach (var name in path.Split('.'))
        {
            shape = shape switch
            {
                null => null,
                MapShape map => map.Value,
                AnyShape => shape,
                EitherShape either => either.Shapes.Select(one => MemberOf(one, name)).FirstOrDefault(found => found is not null),
                _ => MemberOf(shape, name),
            };
        }
        return shape;
    }

    static Shape? MemberOf(Shape shape, string name) => shape switch
    {
        MapShape map => map.Value,
        VariantShape variant when name == variant.Discriminator => new ChoiceShape([.. variant.Variants.Keys]),
        _ => MembersOf(shape).Where(member => member.Key == name).Select(member => member.Value).FirstOrDefault(),
    };

    static IEnumerable<KeyValuePair<string, Shape>> MembersOf(Shape shape) => shape switch
    {
        ObjectShape map => map.Members,
        VariantShape variant => variant.Variants.Values.SelectMany(one => one.Members).DistinctBy(member => member.Key)
            .Prepend(new(variant.Discriminator, new ChoiceShape([.. variant.Variants.Keys]))),
        EitherShape either => either.Shapes.SelectMany(MembersOf),
        ListShape list => MembersOf(list.Element),
        _ => [],
    };
}
