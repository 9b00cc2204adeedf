Console.WriteLine("lem");
