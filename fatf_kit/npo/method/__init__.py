"""The method as data and rules: scope, factors, risk matrix and the choices of a country."""
