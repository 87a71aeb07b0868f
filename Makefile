# placeholder: written with the house
